import { RegionInfo } from 'aws-cdk-lib/region-info';
import * as v from 'valibot';
import { textLike } from './field-types';

export const accountId = () => textLike(/^\d{12}$/, 'an account ID of 12 digits, as a text');

const regions: ReadonlySet<string> = new Set(RegionInfo.regions.map(({ name }) => name));

/** A region that the CDK knows: for another, a deployment would search for a bootstrap that does not exist. */
export const region = () => {
  const allowed = 'a region of AWS, such as eu-west-1';
  return v.pipe(
    v.string(allowed),
    v.check((name) => regions.has(name), allowed),
  );
};

/** By its key ARN: a resource that names an alias does not follow when the alias moves. */
export const keyArn = () =>
  textLike(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'the ARN of a key in KMS, not of an alias');

export const policyArn = () =>
  textLike(/^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/, 'the ARN of a managed policy in IAM');

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The stack adds further tags. */
export const tags = v.record(
  v.pipe(
    textLike(tagText, 'tag names of letters, digits, spaces and _ . : / = + - @'),
    v.regex(
      /^(?!aws:|application$|stage$).{1,128}$/i,
      'names of up to 128 characters other than application, stage and aws:…',
    ),
  ),
  v.pipe(
    textLike(tagText, 'a text of letters, digits, spaces and _ . : / = + - @'),
    v.maxLength(256, 'at most 256 characters'),
  ),
  'an object of tag values by name',
);

/** Returns the account in an ARN; `aws` for resources of AWS itself. */
export const accountOfArn = (arn: string): string => arn.split(':')[4] ?? '';

/** Returns the region in an ARN. */
export const regionOfArn = (arn: string): string => arn.split(':')[3] ?? '';
