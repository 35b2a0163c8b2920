import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { sourceAddressOf, viewerCountryOf } from '../../../lambdas/adapters/source-address';
import { eventOf } from './support/http-events';

const platform = '203.0.113.7';

/** An event with what the gate said of it, as API Gateway hands it on. */
function eventThrough(context: Record<string, unknown> | null | undefined, viewer?: string): APIGatewayProxyEventV2 {
  const event = eventOf('/postback', { headers: viewer === undefined ? {} : { 'tracker-viewer-address': viewer } });
  return Object.assign(event, { requestContext: { ...event.requestContext, authorizer: { lambda: context } } });
}

test.each(['198.51.100.9', '2001:db8::9'])(
  'the address of %s is believed where the gate says that the edge named it',
  (viewer) => {
    expect(sourceAddressOf(eventThrough({ through: 'edge' }, viewer))).toBe(viewer);
  },
);

test('without an edge nobody names an address: not by the header, nor by any other', () => {
  const headers = { 'tracker-viewer-address': '198.51.100.9', 'x-forwarded-for': '198.51.100.9' };
  expect(sourceAddressOf(eventOf('/postback', { headers }))).toBe(platform);
});

test.each([null, undefined, {}, { through: 'other' }])('nor where the gate said %j', (context) => {
  expect(sourceAddressOf(eventThrough(context, '198.51.100.9'))).toBe(platform);
});

test.each(['', 'nonsense', '198.51.100.9:443', '198.51.100.9, 192.0.2.1'])(
  'what is no address is none: "%s"',
  (viewer) => {
    expect(sourceAddressOf(eventThrough({ through: 'edge' }, viewer))).toBe(platform);
  },
);

describe('the country of a visitor', () => {
  const countryOf = (context: Record<string, unknown> | undefined, country: string): string | undefined => {
    const event = eventOf('/c/spring', { headers: { 'cloudfront-viewer-country': country } });
    return viewerCountryOf(
      Object.assign(event, { requestContext: { ...event.requestContext, authorizer: { lambda: context } } }),
    );
  };

  test('is what the edge says where the gate says that the request came through it', () => {
    expect(countryOf({ through: 'edge' }, 'NZ')).toBe('NZ');
  });

  test.each([undefined, {}, { through: 'other' }])("is nobody's word where the gate said %j", (context) => {
    expect(countryOf(context, 'NZ')).toBeUndefined();
  });

  test.each(['', 'nz', 'NZL', 'XX', 'N/'])('is not known from "%s"', (country) => {
    expect(countryOf({ through: 'edge' }, country)).toBeUndefined();
  });
});
