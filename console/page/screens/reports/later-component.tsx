import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component of a separate chunk, within a screen that stays while the chunk loads. */
export function laterComponent<Props extends object>(load: () => Promise<{ readonly default: ComponentType<Props> }>) {
  return function Lazy(props: Props) {
    const [loaded, setLoaded] = useState<ComponentType<Props>>();
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      load().then(
        (module) => setLoaded(() => module.default),
        () => setFailed(true),
      );
    }, []);
    if (failed) return <p class="note">The chart did not load. Its table has the same numbers.</p>;
    if (loaded === undefined) return <div class="chart" />;
    const Loaded = loaded;
    return <Loaded {...props} />;
  };
}
