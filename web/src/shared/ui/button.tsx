import type { ButtonHTMLAttributes } from "react";
import { Link, type LinkProps } from "react-router";
import { cx } from "@/shared/lib/cx";
import styles from "./button.module.css";
import { Icon, type IconName } from "./icon";

export type ButtonKind = "primary" | "secondary" | "plain" | "danger";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind;
  wide?: boolean;
  /** Work is under way: the button waits and says so to assistive technology. */
  busy?: boolean;
}

export function Button({ kind = "primary", wide, busy, disabled, className, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type === "submit" ? "submit" : "button"}
      className={cx(styles.button, styles[kind], wide && styles.wide, busy && styles.busy, className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    />
  );
}

interface ButtonLinkProps extends LinkProps {
  kind?: ButtonKind;
  wide?: boolean;
}

export function ButtonLink({ kind = "primary", wide, className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={cx(styles.button, styles[kind], wide && styles.wide, className)} />;
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type"> {
  icon: IconName;
  label: string;
}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button {...rest} type="button" className={cx(styles.button, styles.icon, className)} aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}
