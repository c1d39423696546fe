import { useQuery } from "@tanstack/react-query";
import { metaQuery } from "@/shared/api/requests/meta";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { languageOf } from "./languages";

/** The attributes of texts in the studied language: what it is and which way it runs. */
export function useStudied(): { lang?: string; dir?: "rtl" | "ltr" } {
  const { data: profiles } = useQuery(profilesQuery);
  const { data: meta } = useQuery(metaQuery);
  const active = profiles?.find((profile) => profile.is_active);
  if (!active) return {};
  return { lang: active.language, dir: languageOf(meta?.languages ?? [], active)?.is_rtl ? "rtl" : "ltr" };
}
