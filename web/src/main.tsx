import "@/shared/styles/tokens.css";
import "@/shared/styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/app";
import { preferredLanguage, setLanguage } from "@/shared/i18n/i18n";
import { applyTheme } from "@/shared/lib/theme";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

applyTheme();
await setLanguage(preferredLanguage(navigator.languages));
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
