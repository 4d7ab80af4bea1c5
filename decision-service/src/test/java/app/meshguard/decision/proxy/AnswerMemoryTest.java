package app.meshguard.decision.proxy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AnswerMemoryTest {
  @Test
  void holdsNoMoreThanItMayAndHasRoomAgain() {
    AnswerMemory memory = new AnswerMemory(10);

    assertTrue(memory.take(6));
    assertFalse(memory.take(5));
    assertTrue(memory.take(4));
    memory.giveBack(6);
    assertTrue(memory.take(6));
  }
}
