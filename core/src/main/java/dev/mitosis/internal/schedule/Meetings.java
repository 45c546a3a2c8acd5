package dev.mitosis.internal.schedule;

import dev.mitosis.spi.Crew;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/// The functions that run everywhere, and the seats whose worker has yet to run them; all of it is
/// guarded by the dispatcher's lock.
///
/// One that has failed is retracted: it would keep every later worker from becoming ready.
final class Meetings {
    /// One function.
    private static final class Meeting {
        private final int number;
        private final Attendance attendance;
        private final BitSet awaited = new BitSet();
        private boolean retracted;

        Meeting(int number, Attendance attendance) {
            this.number = number;
            this.attendance = attendance;
        }

        /// Awaits a seat no longer.
        ///
        /// @return whether it did
        boolean excuse(int seat) {
            boolean was = awaited.get(seat);
            awaited.clear(seat);
            return was;
        }

        /// Awaits nobody any longer.
        ///
        /// @return whether it did
        boolean excuseAll() {
            boolean was = !awaited.isEmpty();
            awaited.clear();
            return was;
        }

        boolean isOver() {
            return retracted && awaited.isEmpty();
        }
    }

    private final Crew crew;
    private final List<Meeting> meetings = new ArrayList<>();

    Meetings(Crew crew) {
        this.crew = crew;
    }

    /// Has ready workers run a function now, and awaits the others.
    ///
    /// @return the seats for which no worker will come
    List<Integer> call(int number, Attendance attendance, Seats seats) {
        var meeting = new Meeting(number, attendance);
        var absent = new ArrayList<Integer>();
        for (var seat : seats) {
            if (seat.isReady()) {
                seat.addOwn(attendance.part(seat.number));
            } else if (seat.isGivenUp()) {
                absent.add(seat.number);
            } else {
                meeting.awaited.set(seat.number);
            }
        }
        meetings.add(meeting);
        return absent;
    }

    /// Lets a new worker run what it has missed, and says which functions it has run.
    List<Attendance> attend(Seat seat, int onboarded) {
        var attended = new ArrayList<Attendance>();
        for (var meeting : meetings) {
            boolean awaited = meeting.excuse(seat.number);
            boolean missed = meeting.number > onboarded;
            if (missed && (awaited || !meeting.retracted)) {
                seat.addOwn(meeting.attendance.part(seat.number));
            } else if (awaited) {
                attended.add(meeting.attendance);
            }
        }
        meetings.removeIf(Meeting::isOver);
        return attended;
    }

    /// Has no worker run a function first any more, since it has failed; a worker that is awaited
    /// may still run it, as those that were ready do.
    ///
    /// @return whether it was to be run first until now
    boolean retract(Attendance attendance) {
        boolean any = false;
        for (var meeting : meetings) {
            any |= meeting.attendance.equals(attendance) && retract(meeting);
        }
        meetings.removeIf(Meeting::isOver);
        return any;
    }

    private boolean retract(Meeting meeting) {
        if (meeting.retracted) {
            return false;
        }
        meeting.retracted = true;
        crew.retract(meeting.number);
        return true;
    }

    /// Awaits a seat no longer, since no worker becomes ready there.
    ///
    /// @return those who still waited for its worker; their functions are retracted
    List<Attendance> dismiss(int seat) {
        return dismiss(meeting -> meeting.excuse(seat));
    }

    /// Awaits nobody any longer, since no worker becomes ready.
    ///
    /// @return those who still waited for a worker; their functions are retracted
    List<Attendance> dismiss() {
        return dismiss(Meeting::excuseAll);
    }

    private List<Attendance> dismiss(Predicate<Meeting> excuse) {
        var waiting = new ArrayList<Attendance>();
        for (var meeting : meetings) {
            if (excuse.test(meeting)) {
                var _ = retract(meeting);
                waiting.add(meeting.attendance);
            }
        }
        meetings.removeIf(Meeting::isOver);
        return waiting;
    }
}
