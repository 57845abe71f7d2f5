//! What a process uses, as Linux tells it.

use std::fs;

/// What a process has used so far, or holds now.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// Processor time, its own and the system's for it.
    pub(crate) cpu_seconds: f64,
    /// Memory that it holds.
    pub(crate) megabytes: f64,
    /// Its part of that which is its own, and not a file's.
    pub(crate) own_megabytes: f64,
    pub(crate) threads: usize,
    /// Open file descriptors.
    pub(crate) files: usize,
    /// How often its threads waited or were made to.
    pub(crate) switches: u64,
}

impl Usage {
    /// Of a process; `None` once it has ended.
    pub(crate) fn of(process: u32) -> Option<Self> {
        let folder = format!("/proc/{process}");
        let stat = fs::read_to_string(format!("{folder}/stat")).ok()?;
        let status = fs::read_to_string(format!("{folder}/status")).ok()?;
        // The name in brackets may hold spaces; user and system time are the 12th and 13th field after it.
        let ticks = stat.rsplit_once(") ")?.1.split(' ').skip(11).take(2).map(str::parse::<f64>);
        let kilobytes = |key| number(&status, key).map(|number| number as f64 / 1024.0);
        let mut switches = 0;
        for task in fs::read_dir(format!("{folder}/task")).ok()?.flatten() {
            // A thread may end meanwhile.
            let status = fs::read_to_string(task.path().join("status")).unwrap_or_default();
            switches += ["voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:"]
                .iter()
                .filter_map(|key| number(&status, key))
                .sum::<u64>();
        }
        Some(Self {
            // Linux tells times in hundredths of a second to programs, on every machine.
            cpu_seconds: ticks.sum::<Result<f64, _>>().ok()? / 100.0,
            megabytes: kilobytes("VmRSS:")?,
            own_megabytes: kilobytes("RssAnon:")?,
            threads: number(&status, "Threads:")? as usize,
            files: fs::read_dir(format!("{folder}/fd")).ok()?.count(),
            switches,
        })
    }
}

fn number(status: &str, key: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
