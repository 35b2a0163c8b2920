import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { deadLetters, type DeadLetter } from '../../../operator/answers';
import { admin, ask } from '../api/client';
import { Act } from '../parts/act';
import { ConfirmedAct } from '../parts/confirm';
import { counted, stretchText } from '../parts/format';
import { Screen } from '../parts/frame';
import { Empty, Failed, Panel } from '../parts/panel';
import { Table } from '../parts/table';
import { Foreign, Moment, Unknown } from '../parts/text';
import { errorOf } from '../state/attempt';
import { hrefOf } from '../state/place';

const redriven = v.looseObject({
  redriven: v.number(),
  left: v.number(),
  more: v.boolean(),
  notSent: v.optional(v.number(), 0),
});

/** Messages that the tracker gave up on. Reading a queue hides it from others for a while: it is read once, and again only on demand. */
export default function DeadLetters() {
  const query = useQuery({
    queryKey: ['dead-letters'],
    queryFn: ({ signal }) => ask('GET', admin('dead-letters'), deadLetters, { query: { limit: 200 }, signal }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchInterval: false,
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [state, setState] = useState<{ readonly busy?: true; readonly problem?: Error; readonly outcome?: string }>({});
  const again = async (): Promise<void> => {
    setChosen(new Set());
    await query.refetch();
  };
  const act = async (run: () => Promise<string>): Promise<void> => {
    setState({ busy: true });
    try {
      const outcome = await run();
      await again();
      setState({ outcome });
    } catch (error) {
      setState({ problem: errorOf(error) });
    }
  };
  const redrive = (filter: object): Promise<void> =>
    act(async () => {
      const answer = await ask('POST', admin('dead-letters', 'redrive'), redriven, { body: { filter } });
      const left =
        answer.left > 0 || answer.more
          ? ` ${answer.more ? 'At least ' : ''}${counted(answer.left, 'letter')} left.`
          : ' None is left.';
      return `${counted(answer.redriven, 'letter')} moved to the retry queue.${left}${answer.notSent > 0 ? ` The queue did not take ${answer.notSent}.` : ''}`;
    });
  const remove = async ({ messageId }: DeadLetter): Promise<void> => {
    await ask('DELETE', admin('dead-letters', messageId), v.looseObject({}));
    setState({ outcome: 'Deleted for good.' });
    await again();
  };
  return (
    <Screen
      title="Dead letters"
      about="Clicks and postbacks that the tracker gave up on."
      actions={
        <button type="button" onClick={() => void again()}>
          Look again
        </button>
      }
    >
      {state.problem !== undefined && <Failed error={state.problem} />}
      {state.outcome !== undefined && (
        <p class="outcome" role="status">
          {state.outcome} <a href={hrefOf('')}>Now</a> shows the retry queue.
        </p>
      )}
      <Panel
        title="In the dead letter queue"
        query={query}
        actions={
          <>
            <Act
              disabled={chosen.size === 0}
              busy={state.busy === true}
              onClick={() => void redrive({ messageIds: [...chosen] })}
            >
              Redrive {chosen.size === 0 ? 'the selection' : chosen.size}
            </Act>
            <Act
              kind="primary"
              disabled={(query.data?.items.length ?? 0) === 0}
              busy={state.busy === true}
              onClick={() => void redrive({})}
            >
              Redrive all
            </Act>
          </>
        }
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Empty next={<a href={hrefOf('')}>See what needs attention</a>}>
            The tracker gave up on nothing. What fails for five days, or cannot be read, waits here for a person.
          </Empty>
        }
      >
        {({ items, more }) => (
          <>
            <Table
              label="Dead letters, oldest first"
              rows={items}
              keyOf={({ messageId }) => messageId}
              columns={[
                {
                  name: 'Choose',
                  cell: ({ messageId, requestId = messageId }) => (
                    <input
                      type="checkbox"
                      aria-label={`Choose ${requestId}`}
                      checked={chosen.has(messageId)}
                      onChange={({ currentTarget }) => {
                        const next = new Set(chosen);
                        if (currentTarget.checked) next.add(messageId);
                        else next.delete(messageId);
                        setChosen(next);
                      }}
                    />
                  ),
                },
                { name: 'Kind', cell: ({ kind }) => kind },
                {
                  name: 'Reason',
                  cell: ({ reason, problem }) => (
                    <>
                      <code class="reason">{reason}</code>
                      {problem !== undefined && (
                        <div class="quiet">
                          <Foreign text={problem} long />
                        </div>
                      )}
                    </>
                  ),
                },
                { name: 'Age', number: true, cell: ({ ageSeconds }) => stretchText(ageSeconds) },
                { name: 'First failed', minor: true, cell: ({ firstFailedAt }) => <Moment at={firstFailedAt} /> },
                {
                  name: 'Request',
                  cell: ({ requestId }) =>
                    requestId === undefined ? (
                      <Unknown why="no request ID" />
                    ) : (
                      <a href={hrefOf(`requests/${requestId}`)}>
                        <code>{requestId}</code>
                      </a>
                    ),
                },
                {
                  name: 'What it holds',
                  minor: true,
                  cell: ({ raw }) =>
                    raw === undefined ? (
                      <Unknown why="unreadable" />
                    ) : (
                      <code>
                        <Foreign text={raw} />
                      </code>
                    ),
                },
                {
                  name: '',
                  number: true,
                  cell: (letter) => (
                    <ConfirmedAct
                      label="Delete"
                      title="Delete this letter for good?"
                      action="Delete for good"
                      disabled={state.busy === true}
                      run={() => remove(letter)}
                    >
                      <p>
                        Its sender got the answer that it was accepted, and will not send it again. Its content is lost.
                      </p>
                    </ConfirmedAct>
                  ),
                },
              ]}
            />
            {more && <p class="note">There may be more than these: a queue has no pages. Redrive, then look again.</p>}
          </>
        )}
      </Panel>
    </Screen>
  );
}
