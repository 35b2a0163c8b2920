import type { Preset } from '../../api/answers';

/** Notes for a system without a preset. */
const ownWords =
  'Write the sender’s own words for {clickid}, {amount} and the others. Remove the parameters that it does not know.';

/** The place for the URL in a system, and the other settings there. */
export function WhereToPaste({ guide, title }: { readonly guide: Preset; readonly title: string }) {
  const notes = guide.id === 'generic' ? [ownWords, ...guide.notes] : guide.notes;
  return (
    <section class="panel" aria-label="Where to paste it">
      <header class="panel-head">
        <h2>{title}</h2>
      </header>
      <p>{guide.pasteInto.charAt(0).toUpperCase() + guide.pasteInto.slice(1)}</p>
      {notes.length > 0 && (
        <ul class="notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
