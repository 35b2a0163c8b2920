import { Screen } from '../parts/frame';
export default function S() {
  return (
    <Screen title="dead-letters">
      <p>soon</p>
    </Screen>
  );
}
