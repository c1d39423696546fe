import { NavLink, Outlet } from "react-router";
import { useI18n } from "@/shared/i18n/i18n";
import { Icon, type IconName } from "@/shared/ui/icon";
import { Logo } from "@/shared/ui/logo";
import styles from "./shell.module.css";

const TABS: readonly { to: string; icon: IconName; label: string }[] = [
  { to: "/", icon: "home", label: "nav.home" },
  { to: "/practice/cards", icon: "cards", label: "nav.cards" },
  { to: "/profile", icon: "person", label: "nav.profile" },
];

/** The screens with the navigation bar. */
export function Shell() {
  const { t } = useI18n();
  return (
    <div className={styles.shell}>
      <Outlet />
      <nav className={styles.navigation} aria-label={t("nav.label")}>
        <ul className={styles.tabs}>
          <li className={styles.brand} aria-hidden="true">
            <Logo size={36} />
            LangAgent
          </li>
          {TABS.map(({ to, icon, label }) => (
            <li key={to}>
              <NavLink className={styles.tab} to={to} end={to === "/"}>
                <Icon name={icon} />
                {t(label)}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
