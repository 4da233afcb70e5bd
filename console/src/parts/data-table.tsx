import type { ClassAttributes, ComponentChildren, HTMLAttributes } from 'preact';
import type { Problem } from '../api/index.js';
import { Loading, ProblemNotice } from './notice.js';
import { Pager, type Paging } from './pager.js';
import { TableScroll } from './table-scroll.js';
import { UnreadableNotice } from './unreadable.js';

/** A column of a table. The first one heads its row. */
export interface Column<Row> {
  readonly title: ComponentChildren;
  cell(row: Row): ComponentChildren;
  /** What stands before the cell where the table is folded; the title when it is a text; '' for nothing. */
  readonly label?: string;
  /** Right-aligned, digits below each other. */
  readonly number?: boolean;
  /** Of the cells. */
  readonly class?: string;
  /** Of the heading too, as `wide` needs it. */
  readonly headClass?: string;
}

/** A column of buttons, or none where the user may not press them. */
export const actionColumn = <Row,>(allowed: boolean, cell: (row: Row) => ComponentChildren): Column<Row>[] =>
  allowed ? [{ title: <span class="hidden">Actions</span>, label: '', cell }] : [];

/** A page of a longer list. */
interface PageOfList {
  readonly paging: Paging;
  readonly next: string | undefined;
  /** Of the whole list, where it is known. */
  readonly total: number | undefined;
  /** Rows of a full page. */
  readonly size: number;
}

export interface DataTableProps<Row> {
  /** What the rows are, in the middle of a sentence: `failed studies`. */
  readonly what: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined while they are read for the first time. */
  readonly rows: readonly Row[] | undefined;
  keyOf(row: Row, index: number): string | number;
  /** Stands in for a table without rows. */
  readonly empty?: ComponentChildren;
  /** Makes a card of it, for a list that is a page's only content; else the table stands in somebody's card. */
  readonly card?: { readonly label: string; readonly busy?: boolean };
  /** Why the rows could not be read. */
  readonly problem?: Problem | undefined;
  reload?(): void;
  /** Studies of this page that cannot be shown as rows. */
  readonly unreadable?: readonly string[] | undefined;
  readonly page?: PageOfList;
  /** Less air, for secondary tables. */
  readonly tight?: boolean;
  /** False: stays a table on a narrow screen. */
  readonly folds?: boolean;
  /** For those who do not see the table. */
  readonly caption?: string;
  /** Id of the heading of a table that scrolls in a window of its own. */
  readonly windowOf?: string;
  rowProps?(row: Row): HTMLAttributes<HTMLTableRowElement>;
  readonly bodyProps?: HTMLAttributes<HTMLTableSectionElement> & ClassAttributes<HTMLTableSectionElement>;
}

/** Rows of one kind: while they are read, when there are none, when they cannot be read, and page by page. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { what, rows, empty, card, problem, reload, unreadable = [], page } = props;
  const content = (
    <>
      {rows === undefined && !problem && <Loading what={what} />}
      {rows?.length === 0 && unreadable.length === 0 && (page?.paging.page ?? 0) === 0 && empty}
      {rows && rows.length > 0 && <Rows {...props} rows={rows} />}
      {rows && page && <Pager {...page} shown={rows.length + unreadable.length} what={what} />}
    </>
  );
  const notices = (
    <>
      <ProblemNotice problem={problem} {...(reload ? { retry: reload } : {})} />
      <UnreadableNotice studies={unreadable} reload={reload} />
    </>
  );
  if (!card) {
    return (
      <>
        {notices}
        {content}
      </>
    );
  }
  return (
    <>
      <div class="notices">{notices}</div>
      <section class="card flush" aria-label={card.label} aria-busy={card.busy}>
        {content}
      </section>
    </>
  );
}

function Rows<Row>({
  columns,
  rows,
  keyOf,
  tight = false,
  folds = true,
  caption,
  windowOf,
  rowProps,
  bodyProps,
}: DataTableProps<Row> & { readonly rows: readonly Row[] }) {
  const [head, ...others] = columns;
  const table = (
    <table class={classes(folds && 'folds', tight && 'tight')}>
      {caption && <caption class="hidden">{caption}</caption>}
      <thead>
        <tr>
          {columns.map(({ title, number, headClass }, index) => (
            <th key={index} scope="col" class={classes(number && 'number', headClass)}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...bodyProps}>
        {rows.map((row, index) => (
          <tr key={keyOf(row, index)} {...rowProps?.(row)}>
            <th scope="row" class={classes(head?.class)}>
              {head?.cell(row)}
            </th>
            {others.map((column, n) => (
              <td
                key={n}
                data-label={folds ? labelOf(column) : undefined}
                class={classes(column.class, column.number && 'number')}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (windowOf === undefined) return <TableScroll>{table}</TableScroll>;
  return (
    <div class="table-wrap scroll" tabIndex={0} role="region" aria-labelledby={windowOf}>
      {table}
    </div>
  );
}

const labelOf = ({ label, title }: Pick<Column<never>, 'label' | 'title'>): string | undefined =>
  (label ?? (typeof title === 'string' ? title : '')) || undefined;

const classes = (...names: readonly (string | false | undefined)[]): string | undefined =>
  names.filter(Boolean).join(' ') || undefined;
