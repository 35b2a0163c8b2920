import { floodLimit, rejectionsPerMinute } from '../../../../lambdas/domain/log/flood-limit';

describe('an address that causes too many rejections', () => {
  test('is told to slow down, for the rest of the minute', () => {
    let now = 0;
    const limit = floodLimit(() => now);
    for (let count = 0; count < rejectionsPerMinute; count++) {
      expect(limit('CLICK_ID_FORGED', '203.0.113.7')).toBeUndefined();
    }
    expect(limit('AUTH_INVALID', '203.0.113.7')).toMatchObject({ reason: 'RATE_LIMITED' });
    now = 60_000;
    expect(limit('AUTH_INVALID', '203.0.113.7')).toBeUndefined();
  });

  test('is not limited in what would not be rejected for its sender, and limits no other address', () => {
    const limit = floodLimit(() => 0);
    for (let count = 0; count <= rejectionsPerMinute; count++) limit('CLICK_ID_FORGED', '203.0.113.7');
    expect(limit('OK', '203.0.113.7')).toBeUndefined();
    expect(limit('AMOUNT_INVALID', '203.0.113.7')).toBeUndefined();
    expect(limit('CLICK_ID_FORGED', '203.0.113.8')).toBeUndefined();
  });

  test('is counted by the /64 that an IPv6 sender holds, and by the address of an IPv4 one however it is written', () => {
    const limit = floodLimit(() => 0);
    for (let count = 0; count < rejectionsPerMinute; count++) {
      limit('AUTH_INVALID', `2001:db8:0:1::${(count + 1).toString(16)}`);
      limit('AUTH_INVALID', '203.0.113.7');
    }
    expect(limit('AUTH_INVALID', '2001:db8:0:1:ffff::1')).toMatchObject({ reason: 'RATE_LIMITED' });
    expect(limit('AUTH_INVALID', '2001:db8:0:2::1')).toBeUndefined();
    expect(limit('AUTH_INVALID', '::ffff:203.0.113.7')).toMatchObject({ reason: 'RATE_LIMITED' });
    expect(limit('AUTH_INVALID', '203.0.113.8')).toBeUndefined();
  });

  test('still hears why this one was rejected', () => {
    const limit = floodLimit(() => 0);
    for (let count = 0; count < rejectionsPerMinute; count++) limit('CLICK_ID_FORGED', '203.0.113.7');
    const rejection = limit('AUTH_MISSING', '203.0.113.7');
    expect(rejection).toMatchObject({ reason: 'RATE_LIMITED', original: 'AUTH_MISSING' });
    expect(rejection?.message).toContain('AUTH_MISSING');
  });

  test('is not limited for a flood from more addresses than are counted', () => {
    const limit = floodLimit(() => 0);
    for (let count = 0; count < 10_000; count++) limit('AUTH_INVALID', `10.0.${count >> 8}.${count & 255}`);
    for (let count = 0; count <= rejectionsPerMinute; count++) {
      expect(limit('AUTH_INVALID', '203.0.113.7')).toBeUndefined();
    }
  });
});
