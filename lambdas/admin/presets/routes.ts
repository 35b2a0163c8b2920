import { pageOf } from '../http/answer-schema';
import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import { getPresets, presetAnswer } from './presets';

export const presetRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'presets',
    run: getPresets,
    description: {
      id: 'listPresets',
      tag: 'Senders',
      summary: 'The systems that are known: what to set in each, and the tokens of its URLs',
      query: noParameters,
      answers: [{ status: 200, when: 'All of them', shapes: { PresetList: pageOf(presetAnswer) } }],
      parts: { Preset: presetAnswer },
      errors: [],
    },
  },
];
