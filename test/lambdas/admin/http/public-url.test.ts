import { readRequest } from '../../../../lambdas/admin/http/request';
import { eventOf } from '../../adapters/support/http-events';

const baseUrlAt = (host: string): string =>
  readRequest(eventOf('/admin/v1/integrations', { headers: { host } })).baseUrl;

afterEach(() => delete process.env['PUBLIC_URL']);

describe('URLs that people paste', () => {
  test('carry the first domain of the stage, whatever host they were asked for at', () => {
    process.env['PUBLIC_URL'] = 'https://track.example.com';
    expect(baseUrlAt('api.execute-api.us-east-1.amazonaws.com')).toBe('https://track.example.com');
    expect(baseUrlAt('go.example.net')).toBe('https://track.example.com');
  });

  test('carry the host that was asked where the stage has no domain', () => {
    process.env['PUBLIC_URL'] = '';
    expect(baseUrlAt('api.execute-api.us-east-1.amazonaws.com')).toBe(
      'https://api.execute-api.us-east-1.amazonaws.com',
    );
  });

  test('stay on this machine where they were asked for on it', () => {
    process.env['PUBLIC_URL'] = 'https://track.example.com';
    expect(baseUrlAt('127.0.0.1:3000')).toBe('http://127.0.0.1:3000');
  });
});
