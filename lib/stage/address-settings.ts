import * as v from 'valibot';
import { anyOf, described, hostName, textLike, wholeNumber } from './field-types';

const hostedZone = v.strictObject(
  {
    id: described(
      'As Route 53 shows it.',
      textLike(/^Z[A-Z0-9]{1,31}$/, 'a hosted zone ID such as Z0123456789ABCDEFGHIJ'),
      'Z0123456789ABCDEFGHIJ',
    ),
    name: described('Its own name: the domain is this or a name below it.', hostName(), 'example.com'),
  },
  'an object with id and name',
);

const certificateArn = () =>
  textLike(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    'the ARN of a certificate in Certificate Manager',
  );

/** One host name that links and postback URLs carry. */
const domain = v.strictObject(
  {
    name: described('The host name.', hostName(), 'track.example.com'),
    hostedZone: v.optional(
      described(
        'The public zone in Route 53 where its address is written, and the proof for a new certificate. Without it, DNS is yours to write.',
        hostedZone,
        { id: 'Z0123456789ABCDEFGHIJ', name: 'example.com' },
      ),
    ),
    certificateArn: v.optional(
      described(
        'A certificate that exists. Without it one is made, and proved through `hostedZone`.',
        certificateArn(),
        'arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
      ),
    ),
  },
  'an object with name, hostedZone and certificateArn',
);

export const domains = v.array(domain, 'a list of domains');
export type TrackingDomain = v.InferOutput<typeof domain>;

/** The address that links and postback URLs carry; `undefined` where it is the API's own, which no template knows. */
export function publicUrlOf({ domains: own = [] }: { readonly domains?: readonly TrackingDomain[] | undefined }) {
  const [first] = own;
  return first && `https://${first.name}`;
}

/** As of an offer: its host is written plainly, so that no visitor chooses it. */
export const fallbackUrl = () =>
  textLike(
    /^https:\/\/[^\s/?#{}@\\]+\.[a-z]{2,63}([/?#][\u0021-\u007e]*)?$/,
    'an https:// URL; macros stand after its host',
  );

/** A CloudFront distribution with a web ACL in front of clicks and postbacks. */
export const edge = anyOf(
  {
    webAclArn: described(
      'A web ACL of yours, of scope CLOUDFRONT. Without it one is made that acts on clicks only: a postback that a rule takes for an ' +
        'attack is money that is not recorded.',
      textLike(
        /^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[0-9a-f-]{36}$/,
        'the ARN of a web ACL of scope CLOUDFRONT, in us-east-1',
      ),
      'arn:aws:wafv2:us-east-1:111122223333:global/webacl/team/12345678-1234-1234-1234-123456789012',
    ),
    clicksPerAddress: described(
      'Clicks that one address may make in five minutes before the web ACL that is made here blocks it; 2,000 where it is left out.',
      wholeNumber(10, 2_000_000_000),
      2000,
    ),
    keyNumber: described(
      'Raise it to have CloudFront learn a key that you changed; 1 where it is left out.',
      wholeNumber(1, 1_000_000),
      2,
    ),
  },
  'an object with webAclArn, clicksPerAddress or keyNumber',
);

export type EdgeSettings = v.InferOutput<typeof edge>;
