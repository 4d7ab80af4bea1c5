package app.meshguard.chaos.fault;

/**
 * One thing that goes wrong and is put right again.
 *
 * @param name what the report says
 * @param place what it breaks: two faults at one place are not injected together
 * @param rank the order in which several are put right: lines, then PostgreSQL, then services
 */
public record Fault(String name, String place, int rank, Runnable strike, Runnable mend) {}
