import type { PresetGuide } from '../preset';

export const cpxResearch: PresetGuide = {
  pasteInto: 'Edit App → Postback Settings → Main Postback URL',
  sources: [
    {
      title: 'qualifyfirst: CPX Research postback configuration',
      url: 'https://github.com/jmenichole/qualifyfirst/blob/main/CPX-POSTBACK-READY.md',
      readOn: '2026-11-29',
      says: 'The placeholders are {status} (1 completed, 2 canceled), {trans_id}, {user_id}, {subid_1}, {subid_2}, {amount_local}, {amount_usd}, {ip_click}, {type} (out, complete, bonus) and {secure_hash}, an MD5. The URL for canceled events may fix the amounts at 0.',
    },
    {
      title: 'enderbit: CPX Research setup instructions',
      url: 'https://github.com/jasonzli-DEV/enderbit/blob/main/CPX_SETUP_INSTRUCTIONS.md',
      readOn: '2026-11-29',
      says: 'The URL goes to Edit App → Postback Settings → Main Postback URL. amount_local is in the currency of the app, amount_usd in USD.',
    },
    {
      title: 'Tasky: CPX Research setup guide',
      url: 'https://github.com/Twenti-Studio/Tasky/blob/main/CPX_RESEARCH_SETUP.md',
      readOn: '2026-11-29',
      says: 'Status 1 is completed and 2 is a chargeback or canceled; the transaction ID is unique.',
    },
  ],
  notes: [
    'Pass the click ID as subid_1 of the survey wall; it comes back as {subid_1}.',
    'Set the currency of the integration to USD: amount_usd is read, and amount_local is not.',
    'A chargeback is the same trans_id with status 2, weeks later in some cases: the whole amount is taken back.',
    'The hash of CPX Research is not checked: add the token of the integration to the URL.',
  ],
};
