import { findClickId } from '../../../../lambdas/domain/request/click-id-reading';
import { fieldNamesOf } from '../../../../lambdas/domain/request/field-names';
import { splitPairs } from '../../../../lambdas/domain/text/query';
import { clickIdKeys } from '../../../../lambdas/domain/trust/keys';
import { clickId, integration, master } from '../support/factories';

const [id, other] = [clickId(1), clickId(2)];
const forged = `${id.slice(0, 31)}${id.endsWith('0') ? '1' : '0'}`;
const find = (query: string, fields = {}) =>
  findClickId(splitPairs(query, 'query'), fieldNamesOf(integration(fields)), clickIdKeys(master));

const names = 'clickid click_id cid subid sub_id aff_sub s2 cnv_id tid visitorId rdtk_cid'.split(' ');

describe('the click ID of a postback', () => {
  test.each([...names, 'CLICKID', 'SubId'])('is found as %s', (name) => {
    expect(find(`${name}=${id.toUpperCase()}`)).toMatchObject({
      ok: true,
      value: { parameter: name, outcome: { genuine: true, clickId: id }, warnings: [] },
    });
  });

  test('is found under the name that the integration chose, before all others', () => {
    const reading = find(`ref=${id}&clickid=${forged}`, { parameters: { clickId: ['Ref'] } });
    expect(reading).toMatchObject({ value: { parameter: 'ref', warnings: [] } });
  });

  test("is the genuine one where the sender's own ID stands under another of our names, or empty ones do", () => {
    expect(find(`clickid=12345&cid=${id}`)).toMatchObject({ value: { parameter: 'cid', outcome: { clickId: id } } });
    expect(find(`clickid=${forged}&subid=${id}`)).toMatchObject({ value: { outcome: { clickId: id } } });
    expect(find(`clickid=&subid=${id}`)).toMatchObject({ value: { outcome: { clickId: id } } });
    expect(find(`clickid=999&clickid=${id}`)).toMatchObject({ value: { outcome: { clickId: id } } });
  });

  test('may come several times, as long as it is one', () => {
    expect(find(`clickid=${id}&cid=${id.toUpperCase()}&clickid=${id}`)).toMatchObject({
      value: { outcome: { clickId: id } },
    });
    expect(find(`clickid=${id}&cid=${other}`)).toMatchObject({ rejection: { reason: 'PARAMETER_CONFLICT' } });
    expect(find(`clickid=${id}&clickid=${other}`)).toMatchObject({ rejection: { reason: 'PARAMETER_CONFLICT' } });
    expect(find('clickid=1&clickid=2')).toMatchObject({ rejection: { reason: 'PARAMETER_CONFLICT' } });
  });

  test('is taken under a foreign name, with a warning, unless two of them stand there', () => {
    expect(find(`click_ref=${id}`)).toMatchObject({
      value: { parameter: 'click_ref', outcome: { genuine: true }, warnings: [{ code: 'NAME_GUESSED' }] },
    });
    expect(find(`clickid=77&click_ref=${id}`)).toMatchObject({ value: { warnings: [{ code: 'NAME_GUESSED' }] } });
    expect(find(`a=${id}&b=${other}`)).toMatchObject({ rejection: { reason: 'CLICK_ID_MISSING' } });
  });

  test('a name is quoted in part only, however long', () => {
    const reading = find(`${'x'.repeat(100_000)}=${id}`);
    expect(reading.ok && JSON.stringify(reading.value.warnings).length).toBeLessThan(500);
  });

  test('may be encoded once too often', () => {
    expect(find(`clickid=%2520${encodeURIComponent(`%${id.charCodeAt(0).toString(16)}`)}${id.slice(1)}`)).toMatchObject(
      {
        value: { outcome: { clickId: id } },
      },
    );
  });

  test.each([
    ['', 'CLICK_ID_MISSING'],
    ['clickid=', 'CLICK_ID_MISSING'],
    ['amount=5', 'CLICK_ID_MISSING'],
    ['clickid={clickid}', 'MACRO_UNREPLACED'],
    ['clickid=%7Bclickid%7D', 'MACRO_UNREPLACED'],
    ['clickid=REPLACE', 'MACRO_UNREPLACED'],
  ])('%j is rejected as %s', (query, reason) => {
    expect(find(query)).toMatchObject({ ok: false, rejection: { reason } });
  });

  test('a macro is named with its parameter and the token that this system uses', () => {
    const reading = find('cid={wrong}');
    expect(reading.ok ? '' : reading.rejection.message).toMatch(/"cid" came as the literal \{wrong\}.*\{clickid\}/);
  });

  test('malformed and forged are told apart', () => {
    expect(find(`clickid=${id.slice(0, 20)}`)).toMatchObject({
      value: { outcome: { genuine: false, rejection: { reason: 'CLICK_ID_MALFORMED' } } },
    });
    expect(find(`clickid=${forged}`)).toMatchObject({
      value: { outcome: { genuine: false, rejection: { reason: 'CLICK_ID_FORGED' } } },
    });
  });
});
