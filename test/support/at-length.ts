/** `.ci/run` runs the suites that ask this once more, at length: in `npm test` people wait for them. */
const isAtLength = process.env['AT_LENGTH'] !== undefined;

export function atLength<Value>(long: Value, short: Value): Value {
  return isAtLength ? long : short;
}
