package app.meshguard.decision.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Storage in memory that forgets, at a simulated power cut, all that was not forced: each page that
 * was written since keeps any of the contents that it had, in no order. A force that fails drops
 * pages as an operating system does: they count as clean from then on.
 */
final class ForgetfulStorage implements SegmentStorage {
  private static final int PAGE = 512;

  private final Random random;
  private final Map<String, Image> files = new TreeMap<>();
  private int operations;
  private int cutAt = Integer.MAX_VALUE;
  private int failForceAt = Integer.MAX_VALUE;
  private int failCreates;
  private int leftOutOf100;
  private boolean forgetsNames;
  private final Set<String> unforcedNames = new TreeSet<>();
  private Runnable duringForce = () -> {};

  /** Thrown by everything once the power is off. */
  static final class PowerIsOff extends IOException {
    PowerIsOff() {
      super("the power is off");
    }
  }

  private static final class Image {
    private byte[] live;
    private byte[] durable;

    /** By page: each content since the last force, oldest first. */
    private final Map<Integer, List<byte[]>> dirty = new TreeMap<>();

    Image(int size) {
      live = new byte[size];
      durable = new byte[size];
    }
  }

  ForgetfulStorage(long seed) {
    this.random = new Random(seed);
  }

  /** The power goes off before the operation of this number, counted from now. */
  synchronized void cutPowerAfter(int count) {
    cutAt = operations + count;
  }

  synchronized void failForceAfter(int count) {
    failForceAt = operations + count;
  }

  synchronized void failCreates(int count) {
    failCreates = count;
  }

  /** From now on a force returns at once and does nothing: a fault planted on purpose. */
  synchronized void forceNothing() {
    leaveOut(100);
  }

  /** From now on so many of a hundred forces return at once and do nothing. */
  synchronized void leaveOut(int ofHundred) {
    leftOutOf100 = ofHundred;
  }

  /** From now on the name of a new segment is not forced, though it should be. */
  synchronized void forgetNames() {
    forgetsNames = true;
  }

  synchronized void duringForce(Runnable action) {
    duringForce = action;
  }

  /** The power comes back: what is on the disk now is all there is. */
  synchronized void restart() {
    for (Image image : files.values()) {
      image.dirty.forEach(
          (page, contents) -> {
            int kept = random.nextInt(contents.size() + 1);
            if (kept > 0) {
              put(image.durable, page, contents.get(kept - 1));
            }
          });
      image.dirty.clear();
      image.live = image.durable.clone();
    }
    for (String name : List.copyOf(unforcedNames)) {
      if (random.nextBoolean()) {
        files.remove(name);
      }
    }
    unforcedNames.clear();
    failCreates = 0;
    cutAt = Integer.MAX_VALUE;
    failForceAt = Integer.MAX_VALUE;
  }

  /**
   * The process dies and the machine stays up: everything that was written is there. The disk has
   * room.
   */
  synchronized void restartProcess() {
    failCreates = 0;
    cutAt = Integer.MAX_VALUE;
    failForceAt = Integer.MAX_VALUE;
  }

  synchronized void flip(String name, int offset) {
    files.get(name).live[offset] ^= 2;
    files.get(name).durable[offset] ^= 2;
  }

  private void step() throws IOException {
    operations++;
    if (operations > cutAt) {
      throw new PowerIsOff();
    }
  }

  @Override
  public synchronized List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public synchronized Segment create(String name, int size) throws IOException {
    step();
    if (failCreates > 0) {
      failCreates--;
      throw new IOException("no space left on device");
    }
    files.put(name, new Image(size));
    if (forgetsNames) {
      unforcedNames.add(name);
    }
    return new MemorySegment(name);
  }

  @Override
  public synchronized Segment create(String name, ByteBuffer contents) throws IOException {
    Segment made = create(name, contents.remaining());
    made.write(contents, 0);
    made.force();
    return made;
  }

  @Override
  public Segment open(String name) {
    return new MemorySegment(name);
  }

  @Override
  public synchronized void delete(String name) {
    files.remove(name);
  }

  private static void put(byte[] image, int page, byte[] content) {
    System.arraycopy(content, 0, image, page * PAGE, content.length);
  }

  private final class MemorySegment implements Segment {
    private final String name;

    MemorySegment(String name) {
      this.name = name;
    }

    private Image image() {
      return files.get(name);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int size() {
      return image().live.length;
    }

    @Override
    public void write(ByteBuffer bytes, int offset) throws IOException {
      synchronized (ForgetfulStorage.this) {
        step();
        int from = offset;
        int end = offset + bytes.remaining();
        bytes.get(image().live, offset, bytes.remaining());
        while (from < end) {
          int page = from / PAGE;
          int stop = Math.min((page + 1) * PAGE, size());
          image()
              .dirty
              .computeIfAbsent(page, p -> new ArrayList<>())
              .add(Arrays.copyOfRange(image().live, page * PAGE, stop));
          from = stop;
        }
      }
    }

    @Override
    public void read(ByteBuffer into, int offset) {
      synchronized (ForgetfulStorage.this) {
        into.put(image().live, offset, Math.min(into.remaining(), size() - offset));
      }
    }

    @Override
    public void force() throws IOException {
      Runnable action;
      synchronized (ForgetfulStorage.this) {
        action = duringForce;
      }
      action.run();
      synchronized (ForgetfulStorage.this) {
        step();
        if (operations > failForceAt) {
          failForceAt = Integer.MAX_VALUE;
          dropSomePages();
          throw new IOException("input/output error");
        }
        if (random.nextInt(100) >= leftOutOf100) {
          image().dirty.forEach((page, contents) -> put(image().durable, page, contents.getLast()));
          image().dirty.clear();
        }
      }
    }

    private void dropSomePages() {
      image()
          .dirty
          .forEach(
              (page, contents) -> {
                if (random.nextBoolean()) {
                  put(image().durable, page, contents.getLast());
                }
              });
      image().dirty.clear();
    }

    @Override
    public void close() {}
  }
}
