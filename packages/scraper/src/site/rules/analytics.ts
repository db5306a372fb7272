import { products } from "./rule.ts";

/** Who counts visits and watches visitors. */
export const ANALYTICS = products("Analytics", {
  "Google Analytics": {
    loads: ["google-analytics.com/analytics.js", "google-analytics.com/ga.js"],
    ids: ["G-", "UA-"],
    words: ["_gaq"],
  },
  Matomo: { files: ["matomo", "piwik"], words: ["_paq.push"] },
  Plausible: { loads: ["plausible.io/js"], files: ["plausible"] },
  Fathom: { loads: ["cdn.usefathom.com"] },
  "Cloudflare Web Analytics": { loads: ["static.cloudflareinsights.com"] },
  Hotjar: { loads: ["static.hotjar.com", "script.hotjar.com"], words: ["_hjSettings"] },
  "Microsoft Clarity": { loads: ["clarity.ms/tag"] },
  "Crazy Egg": { loads: ["script.crazyegg.com"] },
  "Lucky Orange": {
    loads: ["tools.luckyorange.com", "cdn.luckyorange.com"],
    words: ["__lo_site_id"],
  },
  FullStory: { loads: ["edge.fullstory.com", "fullstory.com/s/fs.js"], words: ["_fs_org"] },
  Mouseflow: { loads: ["cdn.mouseflow.com"], words: ["_mfq"] },
  Mixpanel: { loads: ["cdn.mxpnl.com"], words: ["mixpanel.init"] },
  Segment: { loads: ["cdn.segment.com/analytics.js"] },
  Amplitude: { loads: ["cdn.amplitude.com"] },
  Heap: { loads: ["cdn.heapanalytics.com", "heap-api.com"], words: ["heap.load"] },
  PostHog: { loads: ["i.posthog.com", "app.posthog.com"], words: ["posthog.init"] },
  Statcounter: {
    loads: ["statcounter.com/counter"],
    pixels: ["c.statcounter.com"],
    words: ["sc_project"],
  },
  "Piwik PRO": { loads: ["piwik.pro"] },
  etracker: { loads: ["static.etracker.com", "code.etracker.com"] },
  Umami: { loads: ["cloud.umami.is", "analytics.umami.is"], files: ["umami"] },
  "Simple Analytics": { loads: ["simpleanalyticscdn.com"] },
  "Adobe Analytics": { loads: ["omtrdc.net"], files: ["appmeasurement", "s_code"] },
  "Yandex Metrica": { loads: ["mc.yandex.ru/metrika"], pixels: ["mc.yandex.ru/watch"] },
  Inspectlet: { loads: ["cdn.inspectlet.com"], words: ["__insp"] },
  Smartlook: { loads: ["rec.smartlook.com", "web-sdk.smartlook.com"] },
  Contentsquare: { loads: ["t.contentsquare.net"] },
  Chartbeat: { loads: ["static.chartbeat.com"] },
  Quantcast: { loads: ["quantserve.com"] },
  Clicky: { loads: ["static.getclicky.com"] },
  Leadfeeder: { loads: ["sc.lfeeder.com", "lftracker.leadfeeder.com"] },
  Leadinfo: { loads: ["cdn.leadinfo.net"] },
  Albacross: { loads: ["serve.albacross.com"] },
  RudderStack: { loads: ["cdn.rudderlabs.com"] },
  Woopra: { loads: ["static.woopra.com"] },
  Pirsch: { loads: ["api.pirsch.io"] },
  GoatCounter: { loads: ["gc.zgo.at"] },
  Comscore: { loads: ["sb.scorecardresearch.com"] },
  "Visitor Analytics": { loads: ["visitor-analytics.io"] },
  ZoomInfo: { loads: ["ws.zoominfo.com", "js.zi-scripts.com"] },
  Clearbit: { loads: ["tag.clearbitscripts.com", "x.clearbitjs.com"] },
  "6sense": { loads: ["j.6sc.co"] },
  Survicate: { loads: ["survey.survicate.com"] },
  Qualtrics: { loads: ["siteintercept.qualtrics.com"] },
  "Jetpack Stats": { loads: ["stats.wp.com"], implies: ["WordPress"] },
  "Site Kit by Google": {
    generators: ["Site Kit by Google"],
    plugins: ["google-site-kit"],
    implies: ["WordPress"],
  },
  MonsterInsights: {
    plugins: ["google-analytics-for-wordpress", "google-analytics-premium"],
    implies: ["WordPress"],
  },
  "WP Statistics": { plugins: ["wp-statistics"], implies: ["WordPress"] },
});

export const CALL_TRACKING = products("Call tracking", {
  CallRail: { loads: ["cdn.callrail.com"] },
  CallTrackingMetrics: { loads: ["tctm.co"] },
  WhatConverts: { loads: ["scripts.iconnode.com", "ksrndkehqnwntyxlhgto.com"] },
  Invoca: { loads: ["solutions.invocacdn.com"] },
});

export const TAG_MANAGERS = products("Tag manager", {
  "Google Tag Manager": {
    loads: ["googletagmanager.com/gtm.js", "googletagmanager.com/ns.html"],
    ids: ["GTM-"],
  },
  "Adobe Experience Platform Tags": { loads: ["assets.adobedtm.com"] },
  Tealium: { loads: ["tags.tiqcdn.com"] },
  "Commanders Act": { loads: ["cdn.tagcommander.com"] },
});

export const EXPERIMENTS = products("A/B testing", {
  VWO: { loads: ["visualwebsiteoptimizer.com"], words: ["_vwo_code"] },
  Optimizely: { loads: ["cdn.optimizely.com"] },
  "AB Tasty": { loads: ["try.abtasty.com"] },
  Convert: { loads: ["convertexperiments.com"] },
  Kameleoon: { loads: ["kameleoon.eu", "kameleoon.io"] },
  "Dynamic Yield": { loads: ["cdn.dynamicyield.com"] },
  Mutiny: { loads: ["client-registry.mutinycdn.com"] },
});
