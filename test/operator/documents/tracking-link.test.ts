import { linkedSource } from '../../../operator/documents/linked-source';
import { trackingLink } from '../../../operator/documents/tracking-link';

const stored = { id: 'propeller', version: 1, updatedAt: '2026-11-23T12:00:00Z', updatedBy: 'ada', name: 'P' };

test('the link of a campaign is its click URL', () => {
  expect(trackingLink('https://go.example.com', 'spring')).toBe('https://go.example.com/c/spring');
});

test('the tokens of a source stay as it knows them', () => {
  const source = linkedSource({
    ...stored,
    parameters: {
      external_id: '${SUBID}',
      sub1: '{zoneid}',
      sub2: '[campaign]',
      sub3: '__AID__',
      sub4: '%TAG%',
      sub5: '#id#',
    },
  });

  expect(trackingLink('https://go.example.com', 'spring', source)).toBe(
    'https://go.example.com/c/spring?source=propeller&external_id=${SUBID}&sub1={zoneid}&sub2=[campaign]&sub3=__AID__&sub4=%TAG%&sub5=#id#',
  );
});

test('a value cannot end the link, or begin another parameter', () => {
  const source = linkedSource({ ...stored, parameters: { sub1: 'a b&test=1"', 'sub 2': 'c' } });

  expect(trackingLink('https://go.example.com', 'spring', source)).toBe(
    'https://go.example.com/c/spring?source=propeller&sub1=a%20b%26test=1%22&sub%202=c',
  );
  expect(linkedSource({ ...stored, parameters: 'none' }).parameters).toEqual({});
});

test('a source with a template has its tokens in the link, and its own parameters before them', () => {
  const postbacks = [{ id: 'main', template: 'clickadilla', when: 'first' }];

  expect(linkedSource({ ...stored, postbacks }).parameters).toEqual({
    external_id: '[CLICK_ID]',
    campaign_id: '[CAMPAIGN_ID]',
  });
  expect(linkedSource({ ...stored, postbacks, parameters: { external_id: '{other}' } }).parameters).toEqual({
    external_id: '{other}',
    campaign_id: '[CAMPAIGN_ID]',
  });
  expect(linkedSource({ ...stored, postbacks: [{ id: 'main', url: 'https://a.example/' }] }).parameters).toEqual({});
});
