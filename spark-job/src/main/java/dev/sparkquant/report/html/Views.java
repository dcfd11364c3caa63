package dev.sparkquant.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * Several things of which one shows at a time, chosen by buttons. They are radio buttons, so they
 * work without script and by keyboard; on paper all things show.
 */
final class Views {
  private record View(String name, Section content) {}

  private final String id;
  private final String question;
  private final List<View> views = new ArrayList<>();
  private int shown;

  /**
   * @param id a name for the group that nothing else on the page has
   * @param question what is chosen, for those who do not see the buttons
   */
  Views(String id, String question) {
    this.id = id;
    this.question = question;
  }

  Views add(String name, Section content) {
    views.add(new View(name, content));
    return this;
  }

  /** Sets which view shows at first. */
  void showFirst(int view) {
    shown = view;
  }

  void writeTo(Html html) {
    if (views.size() == 1) {
      views.get(0).content().writeTo(html);
      return;
    }
    html.open("div", "class", "views", "role", "radiogroup", "aria-label", question);
    for (int i = 0; i < views.size(); i++) {
      String button = id + "-" + i;
      html.empty(
          "input", "type", "radio", "name", id, "id", button, "checked", i == shown ? "" : null);
      html.element("label", views.get(i).name(), "for", button);
    }
    for (View view : views) {
      html.open("div", "class", "view");
      html.element("p", view.name(), "class", "print-name");
      view.content().writeTo(html);
      html.close();
    }
    html.close();
  }

  /** The rules that show the view whose button is pressed, for groups up to a number of views. */
  static String styles(int most) {
    StringBuilder css = new StringBuilder("@media screen{.views>.view{display:none}");
    for (int i = 1; i <= most; i++) {
      css.append(i > 1 ? "," : "");
      css.append(".views>input:nth-of-type(").append(i).append("):checked~.view:nth-of-type(");
      css.append(i).append(')');
    }
    return css.append("{display:block}}").toString();
  }
}
