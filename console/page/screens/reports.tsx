import { Screen } from '../parts/frame';
export default function S() {
  return (
    <Screen title="reports">
      <p>soon</p>
    </Screen>
  );
}
