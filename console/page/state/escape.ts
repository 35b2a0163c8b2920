import { useEffect, useRef } from 'preact/hooks';

/** `Esc` closes what is open, unless a dialog or a field has it. */
export function useEscape(on: boolean, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!on) return undefined;
    const listen = (event: KeyboardEvent): void => {
      const { target } = event;
      const isField = target instanceof HTMLElement && target.closest('input, textarea, select, dialog') !== null;
      if (event.key === 'Escape' && !isField && !event.defaultPrevented) latest.current();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [on]);
}
