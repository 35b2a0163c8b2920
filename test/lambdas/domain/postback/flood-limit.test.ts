import { floodLimit, refusalsPerMinute } from '../../../../lambdas/domain/postback/flood-limit';

describe('an address that causes too many refusals', () => {
  test('is told to slow down, for the rest of the minute', () => {
    let now = 0;
    const limit = floodLimit(() => now);
    for (let count = 0; count < refusalsPerMinute; count++) {
      expect(limit('CLICK_ID_FORGED', '203.0.113.7')).toBeUndefined();
    }
    expect(limit('AUTH_INVALID', '203.0.113.7')).toMatchObject({ reason: 'RATE_LIMITED' });
    now = 60_000;
    expect(limit('AUTH_INVALID', '203.0.113.7')).toBeUndefined();
  });

  test('is not limited in what would not be refused for its sender, and limits no other address', () => {
    const limit = floodLimit(() => 0);
    for (let count = 0; count <= refusalsPerMinute; count++) limit('CLICK_ID_FORGED', '203.0.113.7');
    expect(limit('OK', '203.0.113.7')).toBeUndefined();
    expect(limit('AMOUNT_INVALID', '203.0.113.7')).toBeUndefined();
    expect(limit('CLICK_ID_FORGED', '203.0.113.8')).toBeUndefined();
  });
});
