import type { ComponentChildren } from 'preact';

/** A filter that is on, with its way out. */
export function FilterChip({
  name,
  onRemove,
  children,
}: {
  /** The filter in words, for those who do not see it. */
  readonly name: string;
  readonly onRemove: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <button type="button" class="chip" aria-label={`Remove the filter ${name}`} onClick={onRemove}>
      {children} <span aria-hidden="true">✕</span>
    </button>
  );
}
