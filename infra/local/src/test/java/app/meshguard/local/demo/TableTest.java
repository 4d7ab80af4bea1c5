package app.meshguard.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void alignsItsColumnsAndMarksEmptyCells() {
    var table = new Table("call", "got", "rule");
    table.row("read:orders", "allow", null);
    table.row("write:refund", "", "deny-write:refund");

    assertEquals(
        """
        call          got    rule
        ------------  -----  -----------------
        read:orders   allow  -
        write:refund  -      deny-write:refund
        """,
        table.toString().replace(System.lineSeparator(), "\n"));
  }
}
