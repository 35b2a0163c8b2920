import { useState } from 'preact/hooks';

export const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** A change that somebody makes: whether it is under way, and what was wrong with the latest one. */
export function useAttempt(): {
  readonly busy: boolean;
  readonly problem: Error | undefined;
  readonly attempt: (run: () => Promise<void>) => Promise<void>;
} {
  const [state, setState] = useState<{ readonly busy: boolean; readonly problem?: Error }>({ busy: false });
  const attempt = async (run: () => Promise<void>): Promise<void> => {
    setState({ busy: true });
    try {
      await run();
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, problem: errorOf(error) });
    }
  };
  return { busy: state.busy, problem: state.problem, attempt };
}
