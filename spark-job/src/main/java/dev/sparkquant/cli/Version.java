package dev.sparkquant.cli;

import dev.sparkquant.report.RunRecord;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    RunRecord.Software build = Build.software();
    return new String[] {
      "sparkquant " + build.version() + " (commit " + build.commit() + ")",
      "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")"
    };
  }
}
