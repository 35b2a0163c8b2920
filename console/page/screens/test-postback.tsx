import { Screen } from '../parts/frame';
export default function S() {
  return (
    <Screen title="test-postback">
      <p>soon</p>
    </Screen>
  );
}
