import { useRef, useState } from 'preact/hooks';
import { knownReason } from '../../../operator/answers';
import { messageOf } from '../../../operator/failure';
import type { StartProgress } from '../../../operator/progress';
import {
  partOfRequest,
  partsOf,
  replayParts,
  tallyOf,
  type ReplayOutcome,
  type ReplayPart,
} from '../../../operator/replay/replay';
import { fillableWarnings, replayableReasons } from '../../../lambdas/domain/verdict/replay';
import { operatorApi } from '../api/operator-api';
import { Act } from '../parts/act';
import { DocumentChoice } from '../parts/document-choice';
import { FilterChip } from '../parts/filter-chip';
import { counted, countText } from '../parts/format';
import { Screen } from '../parts/frame';
import { Periods } from '../parts/periods';
import { instant, momentOf, since } from '../state/period';
import { text } from '../state/parameters';
import { hrefOf, usePlace } from '../state/place';
import { ReplayResult } from './replay/result';

const fields = { request: text, integration: text, campaign: text, reason: text, warning: text, since, until: instant };
const reasonChoices = [...replayableReasons].sort();

interface Run {
  readonly dryRun: boolean;
  readonly label: string;
  readonly done: number;
  readonly total?: number | undefined;
}

/** Judges logged requests again: a dry run with its numbers first, then the same rows for real. */
export default function Replay() {
  const { state, set } = usePlace(fields);
  const { request, integration, campaign, reason, warning, since: from = '24h', until } = state;
  const [run, setRun] = useState<Run>();
  const [parts, setParts] = useState<readonly ReplayPart[]>();
  const [outcome, setOutcome] = useState<ReplayOutcome>();
  const [problem, setProblem] = useState<string>();
  const abort = useRef<AbortController | undefined>(undefined);

  const change = (next: Parameters<typeof set>[0]): void => {
    // The forecast was for another filter.
    setParts(undefined);
    setOutcome(undefined);
    setProblem(undefined);
    set(next);
  };
  const perform = async (dryRun: boolean): Promise<void> => {
    const stop = new AbortController();
    abort.current = stop;
    const api = operatorApi('', stop.signal);
    let done = 0;
    const progress: StartProgress = (label, total) => {
      done = 0;
      setRun({ dryRun, label, done, total });
      return {
        advance: (by = 1) => {
          done += by;
          setRun({ dryRun, label, done, total });
        },
        end: () => undefined,
      };
    };
    setProblem(undefined);
    setRun({ dryRun, label: 'rows of the log read', done: 0 });
    try {
      const chosen = dryRun || parts === undefined ? await findParts(progress, api) : parts;
      setParts(chosen);
      setOutcome(await replayParts(api, chosen, dryRun, progress));
    } catch (error) {
      setProblem(
        stop.signal.aborted
          ? `Stopped. ${dryRun ? 'Nothing was changed.' : 'What was replayed stays; the same replay again goes on with the rest.'}`
          : messageOf(error),
      );
    }
    setRun(undefined);
  };
  const findParts = async (
    progress: StartProgress,
    api: ReturnType<typeof operatorApi>,
  ): Promise<readonly ReplayPart[]> => {
    if (request !== undefined) return [await partOfRequest(api, request)];
    const now = Date.now();
    const filter = {
      since: new Date(momentOf(from, now)).toISOString(),
      until: until ?? new Date(now).toISOString(),
      integration,
      campaign,
    };
    const known = reason === undefined ? undefined : knownReason(reason);
    return partsOf(api, filter, { reason: known, warning: fillableWarnings.find((one) => one === warning) }, progress);
  };

  return (
    <Screen
      title="Replay"
      about="Judge logged requests again by today’s configuration. Nothing changes before you confirm."
      actions={request === undefined && <Periods since={from} until={until} onChange={change} />}
    >
      {request === undefined ? (
        <div class="filters">
          <DocumentChoice
            kind="integrations"
            label="Integration"
            value={integration}
            none="any"
            onChange={(id) => change({ integration: id })}
          />
          <label class="field inline">
            <span>What</span>
            <select
              value={reason ?? warning ?? ''}
              onChange={({ currentTarget: { value } }) =>
                change(
                  fillableWarnings.some((one) => one === value)
                    ? { reason: undefined, warning: value }
                    : { reason: value, warning: undefined },
                )
              }
            >
              <option value="">everything a replay may change</option>
              <optgroup label="Not recorded, for the reason">
                {reasonChoices.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </optgroup>
              <optgroup label="Recorded without an amount">
                {fillableWarnings.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </optgroup>
            </select>
          </label>
        </div>
      ) : (
        <p class="filters">
          <FilterChip name={`Request ${request}`} onRemove={() => change({ request: undefined })}>
            Request: <code>{request}</code>
          </FilterChip>
          <a href={hrefOf(`requests/${request}`)}>Open it</a>
        </p>
      )}
      <div class="actions gap">
        <button type="button" class="primary" disabled={run !== undefined} onClick={() => void perform(true)}>
          {outcome === undefined ? 'Dry run' : 'Dry run again'}
        </button>
        {run !== undefined && (
          <>
            <span role="status">
              {countText(run.done)}
              {run.total !== undefined && ` of ${countText(run.total)}`} {run.label}
            </span>
            {run.total !== undefined && run.total > 0 && (
              <progress value={run.done} max={run.total} aria-label="Progress" />
            )}
            <button type="button" onClick={() => abort.current?.abort()}>
              Stop
            </button>
          </>
        )}
      </div>
      {problem !== undefined && (
        <p class="failed panel" role="alert">
          {problem}
        </p>
      )}
      {outcome !== undefined && (
        <ReplayResult outcome={outcome}>
          {outcome.dryRun && (
            <p class="actions part">
              <Act
                kind="primary"
                busy={run !== undefined}
                disabled={tallyOf(outcome).taken + tallyOf(outcome).filled === 0}
                onClick={() => void perform(false)}
              >
                Replay {counted(parts?.reduce((sum, { rows }) => sum + rows, 0) ?? 0, 'request')} now
              </Act>
              {tallyOf(outcome).taken + tallyOf(outcome).filled === 0 && (
                <span class="quiet">Nothing would change. Fix the cause first: the reasons say what it is.</span>
              )}
            </p>
          )}
        </ReplayResult>
      )}
    </Screen>
  );
}
