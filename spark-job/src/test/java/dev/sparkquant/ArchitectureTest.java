package dev.sparkquant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom. */
@AnalyzeClasses(packages = "dev.sparkquant", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] SPARK = {"org.apache.spark..", "scala.."};

  @ArchTest
  static final ArchRule ALGORITHMS_KNOW_NOTHING_OF_SPARK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..policy..", "..plan..", "..encode..", "..check..", "..store..", "..kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SPARK);

  @ArchTest
  static final ArchRule ONLY_STORE_AND_JOBS_KNOW_HADOOP =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..policy..", "..plan..", "..encode..", "..check..", "..kernels..", "..gguf..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop..");

  @ArchTest
  static final ArchRule NOBODY_USES_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..cli..");

  @ArchTest
  static final ArchRule JOBS_DO_NOT_REPORT =
      noClasses()
          .that()
          .resideOutsideOfPackages("..cli..", "..report..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..report..");

  @ArchTest
  static final ArchRule POLICY_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("..policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..plan..", "..encode..", "..store..", "..job..", "..kernels..");

  @ArchTest
  static final ArchRule PLANS_ARE_DATA =
      noClasses()
          .that()
          .resideInAPackage("..plan..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..encode..", "..store..", "..job..", "..kernels..");

  @ArchTest
  static final ArchRule STORAGE_KNOWS_BYTES_ONLY =
      noClasses()
          .that()
          .resideInAPackage("..store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..policy..", "..plan..", "..encode..", "..job..", "..kernels..");
}
