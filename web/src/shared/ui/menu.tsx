import type { ReactNode } from "react";
import { Link } from "react-router";
import { cx } from "@/shared/lib/cx";
import { Icon, type IconName } from "./icon";
import styles from "./menu.module.css";

interface Item {
  icon?: IconName;
  label: ReactNode;
  note?: ReactNode;
  /** Shown at the end of the row. */
  after?: ReactNode;
  danger?: boolean;
}

type Props = Item & ({ to: string; onClick?: never } | { onClick: () => void; to?: never });

export function Menu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  );
}

export function MenuItem({ icon, label, note, after, danger, to, onClick }: Props) {
  const content = (
    <>
      {icon && (
        <span className={styles.icon}>
          <Icon name={icon} />
        </span>
      )}
      <span className={styles.label}>
        {label}
        {note && <span className={styles.note}>{note}</span>}
      </span>
      {after}
      {to && (
        <span className={styles.icon}>
          <Icon name="forward" size={18} />
        </span>
      )}
    </>
  );
  const className = cx(styles.item, danger && styles.danger);
  return (
    <li>
      {to ? (
        <Link className={className} to={to}>
          {content}
        </Link>
      ) : (
        <button className={className} type="button" onClick={onClick}>
          {content}
        </button>
      )}
    </li>
  );
}
