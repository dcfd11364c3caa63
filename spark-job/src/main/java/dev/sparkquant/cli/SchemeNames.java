package dev.sparkquant.cli;

import dev.sparkquant.policy.SchemeCatalog;
import java.util.Iterator;

/** What a shell offers for {@code --scheme}. */
final class SchemeNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return new SchemeCatalog(Home.schemes())
        .list().stream().map(SchemeCatalog.Entry::name).iterator();
  }
}
