import { Screen } from '../parts/frame';
export default function S() {
  return (
    <Screen title="wizard">
      <p>soon</p>
    </Screen>
  );
}
