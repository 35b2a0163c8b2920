import type { Preset } from '../../api/answers';

/** The place for the URL in a system, and the other settings there. */
export function WhereToPaste({ guide, title }: { readonly guide: Preset; readonly title: string }) {
  return (
    <section class="panel" aria-label="Where to paste it">
      <header class="panel-head">
        <h2>{title}</h2>
      </header>
      <p>{guide.pasteInto.charAt(0).toUpperCase() + guide.pasteInto.slice(1)}</p>
      {guide.notes.length > 0 && (
        <ul class="notes">
          {guide.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
