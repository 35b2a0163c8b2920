import type { PresetGuide } from '../preset';

export const generic: PresetGuide = {
  sources: [],
};
