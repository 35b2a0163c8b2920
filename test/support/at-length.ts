/** `AT_LENGTH=1 npm test` tries more than people wait for; `.ci/run` does so for the rules of money. */
const isAtLength = process.env['AT_LENGTH'] !== undefined;

export function atLength<Value>(long: Value, short: Value): Value {
  return isAtLength ? long : short;
}
