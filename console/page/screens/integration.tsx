import { Screen } from '../parts/frame';
export default function S() {
  return (
    <Screen title="integration">
      <p>soon</p>
    </Screen>
  );
}
