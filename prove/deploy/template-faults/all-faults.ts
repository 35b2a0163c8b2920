import { alarmFaults } from './alarm-faults';
import { apiFaults } from './api-faults';
import type { Fault } from './fault';
import { functionFaults } from './function-faults';
import { permissionFaults } from './permission-faults';
import { storageFaults } from './storage-faults';

export const allFaults: readonly Fault[] = [
  ...apiFaults,
  ...functionFaults,
  ...storageFaults,
  ...permissionFaults,
  ...alarmFaults,
];
