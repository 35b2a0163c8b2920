import { StartupFailure } from '../../../local/failure';
import { readStack } from '../../../local/template/read-stack';
import type { Layer } from './subject';

/** The reader of the local stack: it rejects what AWS would reject, and finds routes that API Gateway could not serve. */
export const localStackLayer: Layer = {
  name: 'local stack',
  findings: async (subject) => {
    try {
      const { api } = readStack(subject, 'http://127.0.0.1:1');
      return (api?.routes ?? [])
        .filter(({ permitted }) => !permitted)
        .map(({ logicalId, routeKey }) => ({ rule: 'answers 500', message: `${logicalId}: ${routeKey} may not call` }));
    } catch (error) {
      if (!(error instanceof StartupFailure)) throw error;
      return [{ rule: 'does not start', message: error.message }];
    }
  },
};
