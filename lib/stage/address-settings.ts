import * as v from 'valibot';
import { anyOf, described, hostName, textLike, wholeNumber } from './field-types';

const hostedZone = v.strictObject(
  {
    id: described(
      'The ID that Route 53 shows.',
      textLike(/^Z[A-Z0-9]{1,31}$/, 'a hosted zone ID such as Z0123456789ABCDEFGHIJ'),
      'Z0123456789ABCDEFGHIJ',
    ),
    name: described('The name of the zone: the domain is this name or one below it.', hostName(), 'example.com'),
  },
  'an object with id and name',
);

const certificateArn = () =>
  textLike(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    'the ARN of a certificate in Certificate Manager',
  );

/** One host name of links and postback URLs. */
const domain = v.strictObject(
  {
    name: described('The host name.', hostName(), 'track.example.com'),
    hostedZone: v.optional(
      described(
        'The public zone in Route 53 for the address and the validation of a new certificate. Without it you set DNS yourself.',
        hostedZone,
        { id: 'Z0123456789ABCDEFGHIJ', name: 'example.com' },
      ),
    ),
    certificateArn: v.optional(
      described(
        'An existing certificate. Without it the stack makes one and validates it through `hostedZone`.',
        certificateArn(),
        'arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
      ),
    ),
  },
  'an object with name, hostedZone and certificateArn',
);

export const domains = v.array(domain, 'a list of domains');
export type TrackingDomain = v.InferOutput<typeof domain>;

/** Returns the address in links and postback URLs; `undefined` for the API's, which no template knows. */
export function publicUrlOf({ domains: own = [] }: { readonly domains?: readonly TrackingDomain[] | undefined }) {
  const [first] = own;
  return first && `https://${first.name}`;
}

/** Like an offer's URL: the host has no placeholder, so that no visitor chooses it. */
export const fallbackUrl = () =>
  textLike(
    /^https:\/\/[^\s/?#{}@\\]+\.[a-z]{2,63}([/?#][\u0021-\u007e]*)?$/,
    'an https:// URL, with macros only after its host',
  );

/** A CloudFront distribution with a web ACL in front of clicks and postbacks. */
export const edge = anyOf(
  {
    webAclArn: described(
      'Your web ACL, of scope CLOUDFRONT. Without it the stack makes one that acts on clicks only: a postback that a rule ' +
        'mistakes for an attack is lost money.',
      textLike(
        /^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[0-9a-f-]{36}$/,
        'the ARN of a web ACL of scope CLOUDFRONT, in us-east-1',
      ),
      'arn:aws:wafv2:us-east-1:111122223333:global/webacl/team/12345678-1234-1234-1234-123456789012',
    ),
    clicksPerAddress: described(
      'Clicks in five minutes after which the web ACL of the stack blocks an address (default 2,000).',
      wholeNumber(10, 2_000_000_000),
      2000,
    ),
    keyNumber: described(
      'Raise it after a change of the key, so that CloudFront gets the new one (default 1).',
      wholeNumber(1, 1_000_000),
      2,
    ),
  },
  'an object with webAclArn, clicksPerAddress or keyNumber',
);

export type EdgeSettings = v.InferOutput<typeof edge>;
