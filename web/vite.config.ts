import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { catalogues } from "./build/catalogues.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env.LANGAGENT_WEB_BACKEND ?? "http://127.0.0.1:8000";

/** In development the Mini App's script comes from the local Telegram, when one runs. */
const telegram: Plugin = {
  name: "langagent-telegram",
  apply: "serve",
  transformIndexHtml: (html) => html.replace("https://telegram.org", process.env.LANGAGENT_WEB_TELEGRAM ?? "$&"),
};

export default defineConfig({
  plugins: [react(), catalogues(), telegram],
  resolve: { alias: { "@": here("./src"), "@locales": here("../langagent/locales") } },
  server: {
    port: 5173,
    strictPort: true,
    fs: { allow: [here("."), here("../langagent/locales")] },
    proxy: { "/api": backend, "/health": backend },
  },
  build: { target: "es2022", assetsInlineLimit: 0 },
});
