package dev.sparkquant.cli;

import dev.sparkquant.plan.PlanException;
import dev.sparkquant.policy.Scheme;
import dev.sparkquant.store.StorageException;

/** Decides where a scheme's output goes. */
@FunctionalInterface
interface OutputNaming {
  /** The output's path. */
  String path(Scheme scheme) throws PlanException, StorageException;
}
