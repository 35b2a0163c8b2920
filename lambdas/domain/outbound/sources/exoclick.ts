import type { SourceTemplate } from './template';

export const exoclick: SourceTemplate = {
  id: 'exoclick',
  name: 'ExoClick',
  kind: 'network',
  click: { token: '{conversions_tracking}' },
  method: 'GET',
  url: 'https://s.magsrv.com/tag.php?goal={account:goal}&tag={external_id}&value={payout}',
  account: { goal: 'The ID of the goal, under Conversion tracking.' },
  currency: 'unknown',
  success: { has: ['OK'], hasNot: ['ERROR'] },
  confidence: 'documented',
  evidence: [
    {
      title: 'ExoClick: conversion tracking',
      url: 'https://docs.exoclick.com/docs/conversion-tracking',
      readOn: '2026-11-29',
      says: 'The token is {conversions_tracking}; the postback has goal, tag and value. A goal counts one conversion of a click, or every one.',
    },
    {
      title: 'Source of stape-io/exoclick-tag',
      url: 'https://github.com/stape-io/exoclick-tag',
      readOn: '2026-11-29',
      says: 'The answer must hold OK; "ERROR: Tag is invalid" comes as an answer.',
    },
  ],
};
