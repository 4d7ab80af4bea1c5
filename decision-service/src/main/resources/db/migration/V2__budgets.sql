-- Budgets: exact like limits, of amounts instead of calls. Their keys are locked in limit_head too, so
-- that a decision takes its limits and its budgets together. Expands only: replicas of the release
-- before go on with take_limits as it was.

alter table limit_head add column spent numeric not null default 0;

comment on column limit_head.spent is 'Of a budget, the sum of its rows in budget_take';

create table budget_take (
    limit_key   bytea   not null,
    taken_at    bigint  not null, -- microseconds since the epoch
    decision_id text    not null,
    amount      numeric not null check (amount >= 0),
    primary key (limit_key, decision_id)
);

create index budget_take_by_time on budget_take (limit_key, taken_at);

comment on table budget_take is 'What was taken of each budget and has not left its window yet';

-- Takes limits and budgets for many decisions: all of a decision, or none. The arrays belong together
-- as those of take_limits do; of a limit, amounts is null and limit_counts is set, of a budget the
-- other way round. An amount that is more than its budget never fits: retry_after_us is null then.
--
-- INVARIANT: in any window of its length, what is taken of a budget is never more than the budget. What
-- has left the window is deleted, and what is there is summed, under the lock of the budget's row and
-- by a clock that is read after the lock is held and never goes back.
create function take_claims(
    decision_no   int[],
    decision_ids  text[],
    limit_keys    bytea[],
    limit_counts  bigint[],
    window_us     bigint[],
    amounts       numeric[],
    budgets       numeric[]
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
    gone    numeric;
    used    numeric;
    oldest  record;
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

        -- All were taken together: the first one tells.
        if amounts[first] is null then
            perform 1 from public.limit_take t
            where t.limit_key = limit_keys[first] and t.decision_id = decision_ids[first];
        else
            perform 1 from public.budget_take t
            where t.limit_key = limit_keys[first] and t.decision_id = decision_ids[first];
        end if;
        if not found then
            for i in first..last loop
                if amounts[i] is null then
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
                else
                    with passed as (
                        delete from public.budget_take t
                        where t.limit_key = limit_keys[i] and t.taken_at <= now_us - window_us[i]
                        returning t.amount
                    )
                    select coalesce(sum(p.amount), 0) into gone from passed p;
                    update public.limit_head h set spent = h.spent - gone, last_at = now_us
                    where h.limit_key = limit_keys[i]
                    returning h.spent into used;
                    if amounts[i] = 0 or used + amounts[i] <= budgets[i] then
                        wait_us := 0;
                    elsif amounts[i] > budgets[i] then
                        wait_us := null;
                    else
                        -- When enough of the oldest has left; what is younger is not looked at.
                        gone := 0;
                        for oldest in
                            select t.taken_at, t.amount from public.budget_take t
                            where t.limit_key = limit_keys[i]
                            order by t.taken_at
                        loop
                            gone := gone + oldest.amount;
                            wait_us := oldest.taken_at + window_us[i] - now_us;
                            exit when gone >= used + amounts[i] - budgets[i];
                        end loop;
                    end if;
                end if;
                if wait_us is null or wait_us > retry_after_us then
                    granted := false;
                    refused_limit := i;
                    retry_after_us := wait_us;
                    exit when wait_us is null;
                end if;
            end loop;
            if granted then
                for i in first..last loop
                    if amounts[i] is null then
                        update public.limit_head h set taken = h.taken + 1, last_at = now_us
                        where h.limit_key = limit_keys[i]
                        returning h.taken - 1 into head;
                        insert into public.limit_take (limit_key, number, taken_at, decision_id)
                        values (limit_keys[i], head, now_us, decision_ids[i]);
                        delete from public.limit_take t
                        where t.limit_key = limit_keys[i] and t.number < head - limit_counts[i] + 1;
                    else
                        update public.limit_head h set spent = h.spent + amounts[i], last_at = now_us
                        where h.limit_key = limit_keys[i];
                        insert into public.budget_take (limit_key, taken_at, decision_id, amount)
                        values (limit_keys[i], now_us, decision_ids[i], amounts[i]);
                    end if;
                end loop;
            end if;
        end if;
        return next;
        first := last + 1;
    end loop;
end
$$;

-- Gives back what a decision took of these budgets, because its call never reached anybody. Answers
-- how many were given back; what is not there any more is not.
create function refund_budgets(limit_keys bytea[], refunded_decision text) returns int
    language plpgsql
    security invoker
    set search_path = pg_catalog, public
as
$$
declare
    given int := 0;
    i     int;
    back  numeric;
begin
    perform 1 from public.limit_head where limit_key = any (limit_keys)
    order by limit_key for update;

    for i in 1..coalesce(array_length(limit_keys, 1), 0) loop
        delete from public.budget_take t
        where t.limit_key = limit_keys[i] and t.decision_id = refunded_decision
        returning t.amount into back;
        if found then
            update public.limit_head h set spent = h.spent - back where h.limit_key = limit_keys[i];
            given := given + 1;
        end if;
    end loop;
    return given;
end
$$;

revoke all on budget_take from public;
revoke all on function take_claims(int[], text[], bytea[], bigint[], bigint[], numeric[], numeric[])
    from public;
revoke all on function refund_budgets(bytea[], text) from public;
grant select, insert, delete on budget_take to decision_app;
grant execute on function
    take_claims(int[], text[], bytea[], bigint[], bigint[], numeric[], numeric[]) to decision_app;
grant execute on function refund_budgets(bytea[], text) to decision_app;
