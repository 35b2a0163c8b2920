import { replaceBetweenMarkers } from '../../prove/report/document';
import { reportTable, plainTable } from '../../prove/report/table';

test('a text takes its place between the markers, and the rest stays', () => {
  const document = 'before\n<!-- x: begin -->\nold\n<!-- x: end -->\nafter\n';

  expect(replaceBetweenMarkers(document, 'x', 'new')).toBe(
    'before\n<!-- x: begin -->\n\nnew\n\n<!-- x: end -->\nafter\n',
  );
  expect(() => replaceBetweenMarkers(document, 'y', 'new')).toThrow(/no markers "y"/);
});

test('tables for people and for Markdown', () => {
  const rows = [
    ['fault', 'lost'],
    ['nothing', '0'],
  ];

  expect(plainTable(rows)).toBe('fault    lost\nnothing     0');
  expect(reportTable(rows)).toBe('| fault | lost |\n| --- | --: |\n| nothing | 0 |');
});
