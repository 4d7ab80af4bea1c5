-- Exact limits, shared by all replicas. A limit's key is a SHA-256 over tenant, agent, policy, rule
-- and the rule's own key: no row names a tenant or an agent, and no query can ask for one's rows.

create table limit_head (
    limit_key bytea primary key check (octet_length(limit_key) = 32),
    taken     bigint not null default 0, -- how many were ever taken; the next one gets this number
    last_at   bigint not null default 0  -- microseconds since the epoch; never goes back
) with (fillfactor = 50);

comment on table limit_head is 'One row for each limit that was ever taken; its lock orders the takers';

create table limit_take (
    limit_key   bytea  not null,
    number      bigint not null,
    taken_at    bigint not null, -- microseconds since the epoch
    decision_id text   not null,
    primary key (limit_key, number)
);

-- A take that is sent again after a lost answer finds itself here.
create unique index limit_take_decision on limit_take (limit_key, decision_id);

comment on table limit_take is 'The last n takes of each limit of n';

-- Takes limits for many decisions: all limits of a decision, or none of them. The arrays belong
-- together, one element for each limit; decision_no counts from 1 and never falls. Answers one row
-- for each decision: granted, or the limit (from 1, in the order of the arrays) that stood in the
-- way and after how many microseconds it can be taken.
--
-- INVARIANT: in any window of its length no more than n takes of a limit are granted. The n-th last
-- take must have left the window, by a clock that is read after the lock is held and that never
-- goes back.
create function take_limits(
    decision_no  int[],
    decision_ids text[],
    limit_keys   bytea[],
    limit_counts bigint[],
    window_us    bigint[]
) returns table (decision int, granted boolean, refused_limit int, retry_after_us bigint)
    language plpgsql
    security invoker
    set search_path = pg_catalog, public
as
$$
declare
    total   int := coalesce(array_length(limit_keys, 1), 0);
    first   int := 1;
    last    int;
    i       int;
    now_us  bigint;
    head    bigint;
    nth_at  bigint;
    wait_us bigint;
begin
    -- Always in the order of the keys, so that two replicas never wait for each other in a circle.
    insert into public.limit_head (limit_key)
    select k from (select distinct unnest(limit_keys) as k) keys order by k
    on conflict do nothing;

    perform 1 from public.limit_head where limit_key = any (limit_keys)
    order by limit_key for update;

    select greatest(max(h.last_at), (extract(epoch from clock_timestamp()) * 1000000)::bigint)
    into now_us
    from public.limit_head h
    where h.limit_key = any (limit_keys);

    while first <= total loop
        last := first;
        while last < total and decision_no[last + 1] = decision_no[first] loop
            last := last + 1;
        end loop;

        decision := decision_no[first];
        granted := true;
        refused_limit := null;
        retry_after_us := 0;

        perform 1 from public.limit_take t
        where t.limit_key = limit_keys[first] and t.decision_id = decision_ids[first];
        if not found then
            for i in first..last loop
                select h.taken into head from public.limit_head h where h.limit_key = limit_keys[i];
                select t.taken_at into nth_at from public.limit_take t
                where t.limit_key = limit_keys[i] and t.number = head - limit_counts[i];
                if limit_counts[i] <= 0 then
                    wait_us := window_us[i];
                elsif nth_at is null then
                    wait_us := 0;
                else
                    wait_us := nth_at + window_us[i] - now_us;
                end if;
                if wait_us > retry_after_us then
                    granted := false;
                    refused_limit := i;
                    retry_after_us := wait_us;
                end if;
            end loop;
            if granted then
                for i in first..last loop
                    update public.limit_head h set taken = h.taken + 1, last_at = now_us
                    where h.limit_key = limit_keys[i]
                    returning h.taken - 1 into head;
                    insert into public.limit_take (limit_key, number, taken_at, decision_id)
                    values (limit_keys[i], head, now_us, decision_ids[i]);
                    delete from public.limit_take t
                    where t.limit_key = limit_keys[i] and t.number < head - limit_counts[i] + 1;
                end loop;
            end if;
        end if;
        return next;
        first := last + 1;
    end loop;
end
$$;

revoke all on all tables in schema public from public;
revoke all on function take_limits(int[], text[], bytea[], bigint[], bigint[]) from public;
grant select, insert, update on limit_head to decision_app;
grant select, insert, delete on limit_take to decision_app;
grant execute on function take_limits(int[], text[], bytea[], bigint[], bigint[]) to decision_app;
