import type { PresetGuide } from '../preset';

export const generic: PresetGuide = {
  pasteInto: 'the field for a postback URL, callback URL or server-to-server notification',
  sources: [],
};
