import { Intrinsics } from '../../local/template/intrinsics';

const template = {
  Parameters: { Version: { Type: 'String', Default: '21' }, Needed: { Type: 'String' } },
  Conditions: {
    InVirginia: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    Elsewhere: { 'Fn::Not': [{ Condition: 'InVirginia' }] },
    Both: { 'Fn::And': [{ Condition: 'InVirginia' }, { Condition: 'Elsewhere' }] },
  },
};
const references = {
  ref: (id: string) => (id === 'Queue' ? 'http://queue' : undefined),
  attribute: (id: string, name: string) => (id === 'Queue' && name === 'Arn' ? 'arn:queue' : undefined),
};
const resolve = (value: unknown) => new Intrinsics(template, 'Stack', references).resolve(value);

test.each([
  ['a reference to a resource', { Ref: 'Queue' }, 'http://queue'],
  ['a reference to a parameter', { Ref: 'Version' }, '21'],
  ['a pseudo parameter', { Ref: 'AWS::StackName' }, 'Stack'],
  ['an attribute as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
  ['an attribute as a text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:queue'],
  ['a join of references', { 'Fn::Join': ['/', ['a', { Ref: 'AWS::Partition' }]] }, 'a/aws'],
  ['a part of a split', { 'Fn::Select': ['1', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] }, 'queue'],
  ['a substitution', { 'Fn::Sub': '${Queue.Arn} ${AWS::Region} ${!Literal}' }, 'arn:queue us-east-1 ${Literal}'],
  [
    'a substitution with its own values',
    { 'Fn::Sub': ['${a}-${Queue}', { a: { Ref: 'Version' } }] },
    '21-http://queue',
  ],
  ['the branch of a condition that holds', { 'Fn::If': ['InVirginia', 'yes', 'no'] }, 'yes'],
  ['the branch of a condition that does not', { 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
])('resolves %s', (_what, given, expected) => {
  expect(resolve(given)).toBe(expected);
});

test('omits members that resolve to AWS::NoValue', () => {
  const noValue = { 'Fn::If': ['Elsewhere', 1, { Ref: 'AWS::NoValue' }] };

  expect(resolve({ list: [1, noValue], member: noValue, kept: 2 })).toEqual({ list: [1], kept: 2 });
});

test.each([
  ['a reference to nothing', { Ref: 'Gone' }, /refers to Gone/],
  ['an attribute that there is not', { 'Fn::GetAtt': ['Queue', 'Colour'] }, /Queue\.Colour/],
  ['a parameter without a default', { Ref: 'Needed' }, /Needed has no default/],
  ['an unknown function', { 'Fn::Transform': {} }, /uses Fn::Transform/],
])('rejects %s', (_what, given, message) => {
  expect(() => resolve(given)).toThrow(message);
});
