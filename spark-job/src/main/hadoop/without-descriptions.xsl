<?xml version="1.0" encoding="UTF-8"?>
<!-- Leaves of a file of Hadoop's settings their names and values alone. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:strip-space elements="*"/>
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:template match="/">
    <xsl:comment> Hadoop's own settings, of the release that comes along, without descriptions. </xsl:comment>
    <xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="*|text()">
    <xsl:copy>
      <xsl:apply-templates/>
    </xsl:copy>
  </xsl:template>
  <xsl:template match="description|comment()|processing-instruction()"/>
</xsl:stylesheet>
