import { choices, isRelative, momentOf } from '../state/period';
import { Moment } from './text';

/** The period of a screen: relative, and made absolute only where somebody asks for it. */
export function Periods({
  since,
  until,
  onChange,
}: {
  readonly since: string;
  readonly until?: string | undefined;
  readonly onChange: (change: { readonly since?: string | undefined; readonly until?: string | undefined }) => void;
}) {
  const known = choices.some((choice) => choice.since === since) && until === undefined;
  const freeze = (): void => {
    const now = Date.now();
    onChange({ since: new Date(momentOf(since, now)).toISOString(), until: new Date(now).toISOString() });
  };
  return (
    <span class="periods">
      <label>
        <span class="hidden">Period</span>
        <select
          value={known ? since : 'other'}
          onChange={({ currentTarget }) => onChange({ since: currentTarget.value, until: undefined })}
        >
          {choices.map((choice) => (
            <option key={choice.since} value={choice.since}>
              Last {choice.label}
            </option>
          ))}
          {!known && <option value="other">{isRelative(since) ? `Last ${since}` : 'Fixed period'}</option>}
        </select>
      </label>
      {isRelative(since) && until === undefined ? (
        <button type="button" title="Make the period absolute, so that a link shows the same later" onClick={freeze}>
          Freeze
        </button>
      ) : (
        <span class="quiet">
          <Moment at={new Date(momentOf(since, Date.now())).toISOString()} /> –{' '}
          {until === undefined ? 'now' : <Moment at={until} />}
        </span>
      )}
    </span>
  );
}
